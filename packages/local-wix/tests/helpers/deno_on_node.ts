/** What contract cases use of Deno, for Node. The bundler puts it in. */
import process from "node:process";
import { after, test } from "node:test";

type Run = () => Promise<void>;

function register(name: string, _options: object, run: Run): void {
  test(name, () => run());
}

export const Deno = {
  args: [],
  env: { get: (name: string): string | undefined => process.env[name] },
  test: Object.assign(register, {
    afterAll: (run: Run): void => after(() => run()),
    ignore: (name: string): void => void test.skip(name),
  }),
};
