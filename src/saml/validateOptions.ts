// What a validation is told besides the document.

export interface ValidateOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Thumbprints (SHA-1 or SHA-256, hexadecimal) of certificates that may have signed the metadata. */
  readonly pinned?: readonly string[];
  /** The file had a byte order mark that is no longer in the text: editors take it away. */
  readonly bom?: boolean;
}
