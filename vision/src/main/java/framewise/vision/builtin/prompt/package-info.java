/** What a prompt asks for, and with which words. */
@NullMarked
package framewise.vision.builtin.prompt;

import org.jspecify.annotations.NullMarked;
