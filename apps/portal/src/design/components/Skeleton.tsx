import styles from './Skeleton.module.css';

/** Holds the place of one line or one block that is on its way. `width` in any CSS length. */
export function Skeleton({ width = '100%', height = 16 }: { width?: string; height?: number }) {
  return <span className={styles.bone} style={{ width, height }} aria-hidden="true" />;
}

/** Rows of a list on their way; says so once to a screen reader. */
export function SkeletonRows({ label, rows = 3 }: { label: string; rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row}>
          <Skeleton width="44px" height={40} />
          <div className={styles.lines}>
            <Skeleton width={`${56 - row * 7}%`} />
            <Skeleton width={`${38 - row * 4}%`} height={12} />
          </div>
        </div>
      ))}
    </div>
  );
}
