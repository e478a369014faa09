const PORTS_TO_TRY = 100;

/** Where to listen. */
export interface Address {
  readonly hostname: string;
  /** 0 means any free port. */
  readonly port: number;
}

/** Serves on the first free port, counting up from the one asked for. */
export function listen(
  { hostname, port }: Address,
  handler: Deno.ServeHandler,
): Deno.HttpServer<Deno.NetAddr> {
  const last = port === 0 ? 0 : Math.min(port + PORTS_TO_TRY - 1, 65_535);
  for (let candidate = port;; candidate++) {
    try {
      return Deno.serve(
        { hostname, port: candidate, onListen: () => {} },
        handler,
      );
    } catch (error) {
      const taken = error instanceof Deno.errors.AddrInUse;
      if (!taken || candidate >= last) throw error;
    }
  }
}
