import { Buffer } from "node:buffer";
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { JsonObject } from "../http/json.ts";

/** How long the signature of a webhook holds. UNDOCUMENTED. Here an hour. */
const MAX_AGE_SECONDS = 3600;

// Public on purpose, like all keys of local Wix: receivers keep their
// configuration over restarts, and there is nothing to protect.
const PRIVATE_KEY = createPrivateKey({
  format: "jwk",
  key: {
    kty: "RSA",
    n: "uMVpeVCk9308vVxgW5LqvWb6KO6Q0pO2SaoQqDih96QXO_KKzVzX__RFhMmd8wpP" +
      "KeH2nmGiEc9SU2lVqTK9x3icsoItB5cdqd-4MXaNgcUuOqC9HYSl01vbsEmWkxn9" +
      "QftjQeFFcNv6e6UDoXjOloBNgzDcR1sGXAGdbozjm_hofsaD_-MUUwLwOmSsvfGp" +
      "9WyEeF_cfVsibRGa_ekl5ln3bdrkL8zYQ5-9Nazt2_WO6yWvtNFXpq4VIefAJTVO" +
      "YPhkwzfA8OrA-yxI1exB1XQmCKDgrUYtlKxUptW-vm7DseCAD3h9lSUUeoJ8lWd3" +
      "Lj7VMy2p2HjVweD5I_tXfQ",
    e: "AQAB",
    d: "Avx5lFZxMBqupUQNlBHARMH9gKboaJH13PIWjlSRGOcmmjPKOjktqmezSnzA67sR" +
      "1xRBCKc1zTXUqV-6shuNeO6yPIY6Pgawr0rNwlHIRfotDC3NQ1NIzrRS8Kkjzw3D" +
      "1mOUBx_pA3uwc1-D13q3jSWk3p4fypuNQXRc5N56VZVvLq5B6IeBBBflxO7CPT-i" +
      "pYPaBZ8x-NvqYdvpcb7-8inuJwH0miE64VL2CfVAa6huvzrUmIspjJz4OxslwCQA" +
      "iwB753qEKWRpSgy5vptMqFLtMg8N4gLNA96iPAzvm0zWQlIHV3XON-PTR38m17eU" +
      "Lu3GH9Q9Os6GG5-Ri4ApsQ",
    p: "6DIQzB49EVmB8LmuMdi4US9tC5VeEUIH66BNPGzLZFEgl_wLhdErEXR0nTC_coWL" +
      "JVtLmi9R6kkR45SoUjgahadCgDAgq89UU702KuWI-GJ0MnDBQC2IZ4xavh0tvhKj" +
      "UvpES8dm6OwXRCk_ix-aRM1fB9Jn3QEXaUZ4TYIc6LE",
    q: "y7azOePYTLihVLNLM1vz1p5w9wzchgiyhhiblY-Ub07obFfZVQRaaFdXKOagK1ov" +
      "GYP6DnnGD0mEpxqNsuMFHyE3PdQr_Rkfx1eyuIrVIK5BNe9Ry0a-nrIt94GQuMi-" +
      "jksWai6I05glIToYhJUPMkTm4Qtd_EhbmMU0FqANjo0",
    dp: "IDZx5h970WBdiov4AqpSR9EQi77ZIgPLHYFLtcpSHUS0BOHOp23xT6acVwJgTP8B" +
      "4tjbkDRoZNxmQvBouZ9W7pvZufbzUWKeDE__p8vYSL0_6Y-C_-hROCxcmmtp4Sis" +
      "x-I4f1rWiBHY2HfwfNiRimIDgQ5Lonl4Sf6gyf_3CsE",
    dq: "rxXk7sF0W2RoTMsYvBiw92oP_1XPh2ecQIKP3jicRBqWyt-qTFbEeV9v6xhk2z3U" +
      "s2JqHdztrJ_sYk8BMJnMAhhjSUG9WPgqBwPJ-LBiQ4dhRsDdFRBFr1HHDi4Ou7LV" +
      "jKjep_483VerueYbwn_2oqbzpMJHUhjCmQgNH9EKNdU",
    qi: "GsDIO22LAgyvvq2GHn-eEomKDN_hqtqlmokn4P18ek019vrWwnWb9xlZNb6vZkT4" +
      "P-lYKhSSyjh_gFfot-M4igpCF9hV5tyUZYsHsn32_wrZWYAz40YxXZtZLAsPBoUX" +
      "elh2RDS0BzoegMF5NtbXX5GGwmSDoTU9J_RHMHTIZfY",
  },
});

/**
 * The key by which receivers verify webhooks, as PEM: Wix shows it on the page
 * of an app's webhooks, the SDK takes it as `publicKey` of `AppStrategy`.
 */
export const WEBHOOK_PUBLIC_KEY: string = createPublicKey(PRIVATE_KEY)
  .export({ format: "pem", type: "spki" }).toString();

/** `payload` as a JWT (RS256) signed at `now`, in milliseconds. */
export function signWebhook(payload: JsonObject, now: number): string {
  const iat = Math.floor(now / 1000);
  const header = { alg: "RS256", kid: "local-wix" };
  const claims = { ...payload, iat, exp: iat + MAX_AGE_SECONDS };
  const body = [header, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url")
  ).join(".");
  const signature = sign("sha256", Buffer.from(body), PRIVATE_KEY);
  return `${body}.${signature.toString("base64url")}`;
}
