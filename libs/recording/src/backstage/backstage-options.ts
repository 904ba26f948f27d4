/** What the backstage has to know; also the injection token. */
export abstract class BackstageOptions {
  /** Names this recorder in the rows of what it holds on its disk. */
  abstract readonly instance: string;
  abstract readonly journalDir: string;
}
