@NullMarked
package framewise.server.mcp;

import org.jspecify.annotations.NullMarked;
