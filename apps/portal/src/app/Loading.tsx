import { useText } from '../shared/i18n/text.js';

/** For the moment before we know who is there. Says it to a screen reader and shows nothing: a flash would be worse. */
export function Loading() {
  const text = useText();
  return (
    <main>
      <p role="status" className="sr-only">
        {text('state.loading')}
      </p>
    </main>
  );
}
