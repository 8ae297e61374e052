// Records the requests of the official SDKs for one question about a clip of two pictures, as the reference for Framewise's requests
// (RequestsMatchOfficialClientsTest). Run by hand when an SDK has a new version: npm install && npm run record.
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { createServer } from "node:http";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import OpenAI from "openai";

const HERE = new URL(".", import.meta.url);
const OUT = new URL("../resources/recordings/", HERE);
const PICTURE = readFileSync(new URL("picture.jpg", HERE)).toString("base64");
const KEY = "sk-a-key-that-must-not-be-seen";
const MODEL = "asked-for";
const SYSTEM = "You watch a street.";
const PROMPT = "How many?";
const MAX = 77;
const SCHEMA = {
  type: "object",
  properties: { n: { type: "integer" } },
  required: ["n"],
  additionalProperties: false,
};
// Framewise also adds the schema to the prompt, for servers that ignore the schema parameter.
const WITH_SCHEMA = `${PROMPT}\n\nAnswer with JSON alone that fits this JSON Schema:\n${JSON.stringify(SCHEMA)}`;
const TIMES = ["The picture at 00:00:00.000:", "The picture at 00:00:01.000:"];
const KEPT_HEADERS = ["authorization", "x-api-key", "x-goog-api-key", "anthropic-version", "content-type"];

let last;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    last = {
      method: request.method,
      path: request.url,
      headers: Object.fromEntries(KEPT_HEADERS.filter((name) => request.headers[name]).map((name) => [name, request.headers[name]])),
      body: JSON.parse(body),
    };
    response.writeHead(400, { "content-type": "application/json" }).end('{"error":{"message":"recorded"}}');
  });
});

/** Sends the question, expects a refusal, and records the request. */
async function record(name, sdk, asking) {
  last = undefined;
  try {
    const answer = await asking();
    for await (const part of answer ?? []) void part;
  } catch (refused) {
    if (!last) throw refused;
  }
  writeFileSync(new URL(`${name}.json`, OUT), JSON.stringify({ sdk, ...last }, null, 2) + "\n");
  console.log(name, sdk, last.path);
}

const version = (name) => `${name} ${JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, HERE))).version}`;

mkdirSync(OUT, { recursive: true });
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const base = `http://127.0.0.1:${server.address().port}`;

const openai = new OpenAI({ apiKey: KEY, baseURL: `${base}/v1`, maxRetries: 0 });
const openaiBody = (prompt, more) => ({
  model: MODEL,
  messages: [
    { role: "system", content: SYSTEM },
    {
      role: "user",
      content: [
        ...TIMES.flatMap((time) => [
          { type: "text", text: time },
          { type: "image_url", image_url: { url: `data:image/jpeg;base64,${PICTURE}`, detail: "auto" } },
        ]),
        { type: "text", text: prompt },
      ],
    },
  ],
  max_completion_tokens: MAX,
  ...more,
});
const openaiFormat = { response_format: { type: "json_schema", json_schema: { name: "answer", schema: SCHEMA, strict: true } } };
const sdkOpenai = version("openai");
await record("openai-plain", sdkOpenai, () => openai.chat.completions.create(openaiBody(PROMPT, {})));
await record("openai-schema", sdkOpenai, () => openai.chat.completions.create(openaiBody(WITH_SCHEMA, openaiFormat)));
await record("openai-stream", sdkOpenai, () =>
  openai.chat.completions.create(openaiBody(PROMPT, { stream: true, stream_options: { include_usage: true } })),
);

const anthropic = new Anthropic({ apiKey: KEY, baseURL: base, maxRetries: 0 });
const anthropicBody = (prompt, more) => ({
  model: MODEL,
  system: [{ type: "text", text: SYSTEM }],
  messages: [
    {
      role: "user",
      content: [
        ...TIMES.flatMap((time) => [
          { type: "text", text: time },
          { type: "image", source: { type: "base64", media_type: "image/jpeg", data: PICTURE } },
        ]),
        { type: "text", text: prompt },
      ],
    },
  ],
  max_tokens: MAX,
  ...more,
});
const sdkAnthropic = version("@anthropic-ai/sdk");
await record("anthropic-plain", sdkAnthropic, () => anthropic.messages.create(anthropicBody(PROMPT, {})));
await record("anthropic-schema", sdkAnthropic, () =>
  anthropic.messages.create(anthropicBody(WITH_SCHEMA, { output_config: { format: { type: "json_schema", schema: SCHEMA } } })),
);
await record("anthropic-stream", sdkAnthropic, () => anthropic.messages.create(anthropicBody(PROMPT, { stream: true })));

const gemini = new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: base } });
const geminiRequest = (prompt, more) => ({
  model: MODEL,
  contents: [
    {
      role: "user",
      parts: [
        ...TIMES.flatMap((time) => [{ text: time }, { inlineData: { mimeType: "image/jpeg", data: PICTURE } }]),
        { text: prompt },
      ],
    },
  ],
  config: { systemInstruction: SYSTEM, maxOutputTokens: MAX, ...more },
});
const sdkGemini = version("@google/genai");
await record("gemini-plain", sdkGemini, () => gemini.models.generateContent(geminiRequest(PROMPT, {})));
await record("gemini-schema", sdkGemini, () =>
  gemini.models.generateContent(geminiRequest(WITH_SCHEMA, { responseMimeType: "application/json", responseJsonSchema: SCHEMA })),
);
await record("gemini-stream", sdkGemini, () => gemini.models.generateContentStream(geminiRequest(PROMPT, {})));
server.close();
server.closeAllConnections();
