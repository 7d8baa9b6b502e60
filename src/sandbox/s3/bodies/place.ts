/** Where bytes lie on disk: a file of the store's folder, and where they begin in it. */
export interface Place {
  readonly file: string;
  readonly at: number;
}
