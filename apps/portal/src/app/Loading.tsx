import { LoadingState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';

/** For the moment before we know who is there. */
export function Loading() {
  const text = useText();
  return (
    <main>
      <LoadingState place="page">{text('state.loading')}</LoadingState>
    </main>
  );
}
