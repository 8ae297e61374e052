// An app on the unmodified npm package openai. Arguments: the base URL and the id of a session.
import OpenAI from 'openai';

const [baseURL, session] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'any', maxRetries: 0 });
const said = {};
const show = (query) => ({ type: 'image_url', image_url: { url: `ovs://streams/${session}?${query}` } });
const ask = (model, content, more = {}) =>
  client.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more });

said.models = (await client.models.list()).data.map((model) => model.id);

const text = { type: 'text', text: 'How many boxes are there?' };
said.answer = (await ask('openai', [show('frame_index=-1'), text])).choices[0].message.content;

said.parts = [];
for await (const chunk of await ask('openai', [show('offset_ms=-500'), text], {
  stream: true,
  stream_options: { include_usage: true },
})) {
  if (chunk.choices[0]?.delta?.content) {
    said.parts.push(chunk.choices[0].delta.content);
  }
  said.tokens = chunk.usage?.total_tokens ?? said.tokens;
}

const schema = { type: 'object', properties: { people: { type: 'integer' } }, required: ['people'] };
said.shaped = (
  await ask('builtin', [show('frame_index=0'), { type: 'text', text: 'How many people are there?' }], {
    response_format: { type: 'json_schema', json_schema: { name: 'people', schema } },
  })
).choices[0].message.content;

const stream = await (await fetch(`${baseURL}/streams`, { method: 'POST' })).json();
try {
  await client.chat.completions.create({
    model: 'any',
    messages: [
      {
        role: 'user',
        content: [{ type: 'image_url', image_url: { url: `ovs://streams/${stream.id}?frame_index=-1` } }],
      },
    ],
  });
} catch (error) {
  said.early = { name: error.constructor.name, status: error.status, text: error.message };
}
console.log(JSON.stringify(said));
