import { useRouteError } from 'react-router';
import { Button, ErrorState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';

/** The last net: a page that threw, or whose code could not be fetched (a release in between; loading again cures it). */
export function RouteError() {
  const text = useText();
  const error = useRouteError();
  const name = error instanceof Error ? `${error.name}: ${error.message}` : undefined;
  return (
    <main>
      <ErrorState
        place="page"
        title={text('problem.broken.title')}
        {...(name ? { reference: name } : {})}
        actions={<Button onPress={() => location.reload()}>{text('problem.reload')}</Button>}
      >
        {text('problem.crashed.text')}
      </ErrorState>
    </main>
  );
}
