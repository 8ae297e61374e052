// An agent on the official SDK of MCP. Arguments: the address of /mcp or "stdio", the name of a stream, and for stdio
// the command that speaks MCP.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [address, name, command, ...args] = process.argv.slice(2);
const agent = new Client({ name: 'agent', version: '1' });
await agent.connect(
  address === 'stdio'
    ? new StdioClientTransport({ command, args })
    : new StreamableHTTPClientTransport(new URL(address)),
);
const tools = (await agent.listTools()).tools.map((tool) => tool.name);
const listed = JSON.parse((await agent.callTool({ name: 'list_streams', arguments: {} })).content[0].text);
const stream = listed.streams.find((one) => one.name === name);
const look = await agent.callTool({
  name: 'look',
  arguments: { stream: stream.id, question: 'What does the sign say?' },
});
await agent.close();
console.log(JSON.stringify({ tools, answer: look.content[0].text, picture: look.content.find((c) => c.type === 'image')?.mimeType }));
