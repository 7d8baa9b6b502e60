/** Only ordinary web pages are ever opened for a lab: no commands, no files, no other programs, no credentials in the address. */
export function webAddress(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url !== undefined && url.username === '' && url.password === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}

/** A file that comes with a lab, as its text names it: `files/orders.json`. */
export function labFile(address: string): string | undefined {
  return /^files\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/.exec(address)?.[1];
}

/** The addresses one panel may open, by number: a webview never sends an address. */
export class LinkTable {
  readonly #addresses: string[] = [];

  number = (text: string): number | undefined => {
    const address = webAddress(text) ?? (labFile(text) && text);
    if (address === undefined) return undefined;
    const known = this.#addresses.indexOf(address);
    return known >= 0 ? known : this.#addresses.push(address) - 1;
  };

  address(number: number): string | undefined {
    return this.#addresses[number];
  }
}
