import { Buffer } from "node:buffer";
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What Apple's systems accept at most. */
const VALID_DAYS = 825;

/**
 * Certificate and key in a PEM file, which is made when it does not exist.
 * Throws when it cannot be read or written.
 */
export function readCertificate(path: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8");
  const pem = createCertificate();
  writeFileSync(path, pem, { mode: 0o600 });
  return pem;
}

// The parts of a certificate in DER (RFC 5280), by their tags.
const sequence = (...parts: Uint8Array[]) => tagged(0x30, ...parts);
const bits = (...parts: Uint8Array[]) =>
  tagged(0x03, Buffer.alloc(1), ...parts);
const object = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const extension = (id: string, ...parts: Uint8Array[]) =>
  sequence(object(id), tagged(0x04, sequence(...parts)));

const ECDSA_WITH_SHA256 = sequence(object("2a8648ce3d040302"));
const COMMON_NAME = "550403";
const SUBJECT_ALTERNATIVE_NAME = "551d11";
const EXTENDED_KEY_USAGE = "551d25";
const SERVER_AUTHENTICATION = object("2b06010505070301");

/** A key, and a certificate for `localhost` that is signed by it. */
function createCertificate(): string {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
  });
  const name = sequence(
    tagged(0x31, sequence(object(COMMON_NAME), text(0x0c, "Local Wix"))),
  );
  const now = Date.now();
  const content = sequence(
    tagged(0xa0, tagged(0x02, Uint8Array.of(2))),
    tagged(0x02, Uint8Array.of(1), randomBytes(15)),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(now), time(now + VALID_DAYS * 86_400_000)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tagged(
      0xa3,
      sequence(
        extension(
          SUBJECT_ALTERNATIVE_NAME,
          text(0x82, "localhost"),
          text(0x82, "*.localhost"),
          tagged(0x87, Uint8Array.of(127, 0, 0, 1)),
          tagged(0x87, Buffer.alloc(15), Uint8Array.of(1)),
        ),
        extension(EXTENDED_KEY_USAGE, SERVER_AUTHENTICATION),
      ),
    ),
  );
  const signature = bits(sign("sha256", content, privateKey));
  const base64 = sequence(content, ECDSA_WITH_SHA256, signature)
    .toString("base64").replace(/.{64}/g, "$&\n");
  const key = privateKey.export({ type: "pkcs8", format: "pem" });
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n${key}`;
}

function tagged(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128
    ? [length]
    : length < 256
    ? [0x81, length]
    : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.of(tag, ...size), body]);
}

function text(tag: number, value: string): Buffer {
  return tagged(tag, Buffer.from(value));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, "");
  return text(0x17, `${digits.slice(2, 14)}Z`);
}
