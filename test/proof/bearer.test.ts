import { describe, expect, it } from "vitest";
import type { HttpCheck } from "../../components/scenarios/checks/http.ts";
import { callHttp } from "../../hack/proof/callers.ts";
import { whatToTry } from "../../hack/proof/what-to-try.ts";
import { fakeLab, labOutputs } from "./fake-lab.ts";

const check: HttpCheck = {
  kind: "http",
  caller: { from: "host" },
  url: "http://a.example.com/",
  bearerFrom: { secret: "ns/tokens", key: "valid" },
  expect: { status: [200] },
};
const secret = JSON.stringify({ data: { valid: Buffer.from("a.b.c").toString("base64") } });

describe("a call with a bearer token", () => {
  it("gets the token by a file: it is in no argument", async () => {
    const { lab, calls } = fakeLab(labOutputs(), ({ file }) =>
      file === "kubectl" ? secret : { exitCode: 1, stderr: "no curl here" },
    );
    await expect(callHttp(lab, check)).rejects.toThrow("no call was made (exit 1): no curl here");
    const [ask, call] = calls;
    expect(ask?.args).toEqual(expect.arrayContaining(["get", "secret", "tokens", "ns"]));
    expect(call?.input).toBe("bearer.txt Authorization: Bearer a.b.c\n");
    expect(call?.args.join(" ")).toContain("--header @bearer.txt http://a.example.com/");
    expect(call?.args.join(" ")).not.toContain("a.b.c");
  });

  it("is not made without the token: another refusal could pass for the one that is meant", async () => {
    const { lab, calls } = fakeLab(labOutputs(), () => JSON.stringify({ data: {} }));
    await expect(callHttp(lab, check)).rejects.toThrow("Secret ns/tokens has no valid");
    expect(calls.map(({ file }) => file)).toEqual(["kubectl"]);
  });
});

describe("a call with a token from another call", () => {
  const call = { url: "http://issuer.example.com/token", body: "grant_type=password" };
  const asked: HttpCheck = {
    ...check,
    resolveTo: "127.0.0.1",
    bearerFrom: { call, field: "id_token" },
  };
  const answering = (body: string): ReturnType<typeof fakeLab> =>
    fakeLab(labOutputs(), ({ args }) => {
      const marker = /answered-\w+ /.exec(args.join(" "))?.[0] ?? "";
      const [status, text] = args.includes(call.url) ? [200, body] : [200, "in"];
      return `HTTP/1.1 ${status} OK\r\n\r\n${text}\n${marker}{"exitcode":0,"response_code":${status}}\n`;
    });

  it("asks for it first, over the same address", async () => {
    const { lab, calls } = answering('{"id_token":"d.e.f"}');
    expect(await callHttp(lab, asked)).toMatchObject([{ status: 200, body: "in" }]);
    expect(calls.map(({ args }) => args.includes("--data-raw"))).toEqual([true, false]);
    expect(calls[0]?.args).toContain("issuer.example.com:80:127.0.0.1");
    expect(calls[1]?.input).toBe("bearer.txt Authorization: Bearer d.e.f\n");
  });

  it("is not made where the answer has no token", async () => {
    await expect(callHttp(answering("sorry").lab, asked)).rejects.toThrow(
      "http://issuer.example.com/token answers 200 without id_token",
    );
  });

  it("by hand is one command in the other", () => {
    expect(whatToTry(labOutputs(), asked)).toBe(
      "curl -sS -i --noproxy '*' --resolve a.example.com:80:127.0.0.1 --header @<(printf 'Authorization: Bearer '; " +
        "curl -sS -i --noproxy '*' --resolve issuer.example.com:80:127.0.0.1 --data-raw grant_type=password http://issuer.example.com/token" +
        ` | sed -n 's/.*"id_token": *"\\([^"]*\\)".*/\\1/p'; echo) http://a.example.com/`,
    );
  });
});

describe("the same by hand", () => {
  const kubectl = "kubectl --kubeconfig /lab/kubeconfig --context kind-lab";
  const line = `printf 'Authorization: Bearer '; ${kubectl} get secret tokens --namespace ns -o 'go-template={{index .data "valid"}}' | base64 -d; echo`;

  it("on this machine", () => {
    expect(whatToTry(labOutputs(), check)).toBe(
      `curl -sS -i --noproxy '*' --header @<(${line}) http://a.example.com/`,
    );
  });

  it("in the node's container, beside a CA", () => {
    const there = { ...check, caller: { from: "kind-network" }, trust: "lab" } as const;
    expect(whatToTry(labOutputs(), there)).toBe(
      `{ ${line}; cat /lab/ca.pem; } | docker exec -i lab-control-plane sh -c ` +
        `'umask 077; read -r line; echo "$line" >/tmp/try.header; cat >/tmp/try.pem; ` +
        `curl -sS -i --noproxy '\\''*'\\'' --cacert /tmp/try.pem --header @/tmp/try.header http://a.example.com/; ` +
        `rm /tmp/try.pem /tmp/try.header'`,
    );
  });
});
