/** {@code framewise replay}: asks the questions of a bundle again and compares the answers. */
@NullMarked
package framewise.server.command.replay;

import org.jspecify.annotations.NullMarked;
