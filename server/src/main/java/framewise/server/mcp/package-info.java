/** Server for agents: the Model Context Protocol over HTTP. */
@NullMarked
package framewise.server.mcp;

import org.jspecify.annotations.NullMarked;
