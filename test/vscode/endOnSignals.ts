// Ctrl-C and its kin end the process through its exit handlers, which end what it has started.
export function endOnSignals(before: () => void = () => undefined): void {
  const numbers = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
  for (const [signal, number] of Object.entries(numbers)) {
    process.once(signal, () => {
      before();
      process.exit(128 + number);
    });
  }
}
