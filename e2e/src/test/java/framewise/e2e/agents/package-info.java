/** Clients of OpenAI, LiveKit and MCP, unchanged. */
@NullMarked
package framewise.e2e.agents;

import org.jspecify.annotations.NullMarked;
