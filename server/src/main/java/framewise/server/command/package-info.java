@NullMarked
package framewise.server.command;

import org.jspecify.annotations.NullMarked;
