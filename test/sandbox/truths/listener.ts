import { createServer, type Server } from 'node:http';
import { text as textOf } from 'node:stream/consumers';

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A local web server that keeps what is POSTed to it until somebody takes it. */
export class Listener {
  readonly url: string;
  readonly #server: Server;
  readonly #waiting: Received[];

  static async open(): Promise<Listener> {
    const received: Received[] = [];
    const server = createServer(async (request, response) => {
      const body = await textOf(request);
      if (request.method === 'POST') received.push({ headers: request.headers, body });
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Listener(server, received);
  }

  private constructor(server: Server, received: Received[]) {
    this.#server = server;
    this.#waiting = received;
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`;
  }

  get waiting(): readonly Received[] {
    return this.#waiting;
  }

  /** Forgets that request and all that came before it. */
  take(received: Received): void {
    this.#waiting.splice(0, this.#waiting.indexOf(received) + 1);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
