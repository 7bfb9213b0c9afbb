import { describe, expect, it } from "vitest";
import { parseAnswers } from "../../hack/proof/curl-answer.ts";

const mark = "answered-1 ";

function written(text: string, json: Readonly<Record<string, unknown>>): string {
  return `${text}\n${mark}${JSON.stringify(json)}\n`;
}

const ok = { exitcode: 0, errormsg: null, response_code: 200, time_total: 0.25, http_version: "2" };

describe("parseAnswers", () => {
  it("parts header from body", () => {
    const text =
      "HTTP/2 200 \r\ncontent-type: text/plain\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n\r\nhello";
    expect(parseAnswers(written(text, ok), mark)).toEqual([
      {
        exit: 0,
        error: "",
        status: 200,
        headers: { "content-type": "text/plain", "set-cookie": "a=1, b=2" },
        body: "hello",
        seconds: 0.25,
        httpVersion: "2",
      },
    ]);
  });

  it.each([
    ["an empty body", "HTTP/1.1 204 No Content\r\n\r\n", {}, ""],
    [
      "a body that looks like an answer",
      "HTTP/1.1 200 OK\r\na: b\r\n\r\nHTTP/1.1 500 x\r\n\r\n",
      { a: "b" },
      "HTTP/1.1 500 x\r\n\r\n",
    ],
    [
      "an interim answer",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\na: b\r\n\r\nx",
      { a: "b" },
      "x",
    ],
    ["headers that were cut", "HTTP/1.1 200 OK\r\na: b", { a: "b" }, ""],
    ["a header without a value", "HTTP/1.1 200 OK\r\na:\r\n\r\n", { a: "" }, ""],
    ["UTF-8", `HTTP/1.1 200 OK\r\n\r\n${Buffer.from("grün").toString("latin1")}`, {}, "grün"],
    ["a body with newlines", "HTTP/1.1 200 OK\r\n\r\n\n{}\n\n", {}, "\n{}\n\n"],
    ["no answer", "", {}, ""],
  ])("reads %s", (_, text, headers, body) => {
    expect(parseAnswers(written(text, ok), mark)).toMatchObject([{ headers, body }]);
  });

  it("keeps a binary body from harming what follows", () => {
    const bytes = Buffer.from([0, 255, 254, 13, 10, 123]).toString("latin1");
    const text = `HTTP/1.1 200 OK\r\n\r\n${bytes}`;
    const answers = parseAnswers(written(text, ok) + written(text, ok), mark);
    expect(answers.map(({ status, body }) => [status, body.length])).toEqual([
      [200, 6],
      [200, 6],
    ]);
  });

  it("knows why there is no answer", () => {
    const json = {
      exitcode: 7,
      errormsg: "Failed to connect",
      response_code: 0,
      time_total: 0.01,
      http_version: "0",
    };
    expect(parseAnswers(written("", json), mark)).toEqual([
      {
        exit: 7,
        error: "Failed to connect",
        status: 0,
        headers: {},
        body: "",
        seconds: 0.01,
        httpVersion: "0",
      },
    ]);
  });

  it.each([
    ["nothing", ""],
    ["an answer of another program", "HTTP/1.1 200 OK\r\n\r\nhello\n"],
    ["a call that was cut", `HTTP/1.1 200 OK\r\n\r\nhello\n${mark}{"exitcode":0`],
  ])("finds no answer in %s", (_, text) => {
    expect(parseAnswers(text, mark)).toEqual([]);
  });
});
