import { ButtonLink, EmptyState } from '../design/index.js';
import { useText } from '../shared/i18n/text.js';
import { useTenantPath } from '../shared/api/api.js';
import { useDocumentTitle } from '../shared/ui/Page.js';

export function NotFound() {
  const text = useText();
  const path = useTenantPath();
  const home = path();
  useDocumentTitle(text('problem.missing.title'));
  return (
    <EmptyState
      place="page"
      title={text('problem.missing.title')}
      actions={<ButtonLink href={home === '/t//' ? '/' : home}>{text('problem.home')}</ButtonLink>}
    >
      {text('problem.missing.text')}
    </EmptyState>
  );
}
