import { assertEquals } from "@std/assert";
import { parseEnv, readSettings } from "@/tools/settings.ts";

const texts: [text: string, settings: Record<string, string>][] = [
  ["A=1\nB = 2 \r\n  C=3", { A: "1", B: "2", C: "3" }],
  ["# A=1\n\nB=2 # why\nC=", { B: "2", C: "" }],
  ["export A=1", { A: "1" }],
  [`A="a b # c"\nB='a "b"'`, { A: "a b # c", B: 'a "b"' }],
  ['A="first\nsecond\\nthird"\nB=1', { A: "first\nsecond\nthird", B: "1" }],
  ["not a line\n=1\nA", {}],
];
Deno.test("parseEnv() parses env files", () => {
  for (const [text, settings] of texts) {
    assertEquals(parseEnv(text), settings, JSON.stringify(text));
  }
});

const APP_ID = "11111111-1111-4111-8111-111111111111";

const sources: [
  title: string,
  files: Record<string, string>,
  shell: Record<string, string>,
  settings: Record<string, string>,
][] = [
  [
    "the shell wins over .env.local, which wins over .env",
    { ".env": "A=env\nB=env\nC=env", ".env.local": "A=local\nB=local" },
    { A: "shell" },
    { A: "shell", B: "local", C: "env" },
  ],
  [
    "an empty variable of a file is unset",
    { ".env": "A=env", ".env.local": "A=\nB=" },
    {},
    { A: "env" },
  ],
  [
    "an empty variable of the shell hides those of the files",
    { ".env": "WIX_CLIENT_ID=env", "wix.config.json": "{}" },
    { WIX_CLIENT_ID: "" },
    {},
  ],
  [
    "wix.config.json names the client id",
    { ".env": "WIX_CLIENT_ID=", "wix.config.json": `{"appId":"${APP_ID}"}` },
    {},
    { WIX_CLIENT_ID: APP_ID },
  ],
  [
    "a client id of an env file wins over wix.config.json",
    {
      ".env.local": "WIX_CLIENT_ID=local",
      "wix.config.json": `{"appId":"${APP_ID}"}`,
    },
    {},
    { WIX_CLIENT_ID: "local" },
  ],
];
for (const [title, files, shell, settings] of sources) {
  Deno.test(title, async () => {
    assertEquals(await settingsOf(files, shell), settings);
  });
}

async function settingsOf(
  files: Record<string, string>,
  shell: Record<string, string>,
) {
  const root = `${await Deno.makeTempDir()}/`;
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(root + name, text);
    }
    return await readSettings(root, shell);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}
