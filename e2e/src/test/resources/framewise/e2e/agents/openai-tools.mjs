// An app on the unmodified npm package openai whose model calls functions of the app.
// Arguments: the base URL, the id of a session, and the URL that lets the service continue.
import OpenAI from 'openai';

const [baseURL, session, release] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'any', maxRetries: 0 });
const said = {};

function request(model, called) {
  const look = (given) => {
    called.push(`look_up ${JSON.stringify(given)}`);
    return { boxes: 7 };
  };
  const now = () => {
    called.push('now');
    return 'noon';
  };
  return {
    model,
    parallel_tool_calls: true,
    tool_choice: 'auto',
    messages: [
      { role: 'system', content: 'You watch a gate.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `ovs://streams/${session}?frame_index=-1` } },
          { type: 'text', text: 'How many boxes?' },
        ],
      },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'look_up',
          description: 'Counts what is at a place',
          strict: true,
          parse: JSON.parse,
          function: look,
          parameters: {
            type: 'object',
            $defs: { place: { type: 'string', pattern: '^[a-z]+$' } },
            properties: { place: { $ref: '#/$defs/place' } },
            required: ['place'],
            additionalProperties: false,
          },
        },
      },
      { type: 'function', function: { name: 'now', function: now, parameters: { type: 'object', properties: {} } } },
    ],
  };
}

for (const model of ['openai', 'local', 'anthropic', 'gemini']) {
  const whole = [];
  const answer = await client.chat.completions.runTools(request(model, whole)).finalContent();

  const streamed = [];
  const parts = [];
  const runner = client.chat.completions.runTools({ ...request(model, streamed), stream: true });
  let released = false;
  runner.on('chunk', (chunk) => {
    for (const call of chunk.choices[0]?.delta?.tool_calls ?? []) {
      parts.push([call.index, call.function?.name ?? null, call.function?.arguments ?? null]);
      if (!released) {
        released = true;
        fetch(`${release}?${model}`); // the service pauses until the first part has arrived
      }
    }
  });
  const content = await runner.finalContent();
  said[model] = { whole: { answer, called: whole }, streamed: { answer: content, called: streamed, parts } };
}

try {
  await client.chat.completions.create(request('builtin', []));
} catch (error) {
  said.builtin = { name: error.constructor.name, status: error.status, text: error.message };
}
console.log(JSON.stringify(said));
