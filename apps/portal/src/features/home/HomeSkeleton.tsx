import { Skeleton, SkeletonRows } from '../../design/index.js';
import { useText } from '../../shared/i18n/text.js';
import { Page } from '../../shared/ui/Page.js';
import styles from './HomeView.module.css';

/** The same measures as the page, so that nothing jumps when it arrives. */
export function HomeSkeleton() {
  const text = useText();
  return (
    <Page title={<Skeleton width="280px" height={36} />} lead={<Skeleton width="220px" />}>
      <div className={styles.next}>
        <Skeleton width="76px" height={52} />
        <div style={{ display: 'grid', gap: 8 }}>
          <Skeleton width="220px" height={24} />
          <Skeleton width="320px" height={14} />
        </div>
      </div>
      <div className={styles.columns}>
        <SkeletonRows label={text('state.loading')} />
      </div>
    </Page>
  );
}
