/** Tests of the command that compares new answers with those in a bundle. */
@NullMarked
package framewise.server.command.replay;

import org.jspecify.annotations.NullMarked;
