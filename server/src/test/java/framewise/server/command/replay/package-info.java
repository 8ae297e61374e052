/** Tests of comparing the answers of a bundle. */
@NullMarked
package framewise.server.command.replay;

import org.jspecify.annotations.NullMarked;
