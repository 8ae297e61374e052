/** Understanding what a prompt asks for. */
@NullMarked
package framewise.vision.builtin.prompt;

import org.jspecify.annotations.NullMarked;
