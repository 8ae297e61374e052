/** The back end that needs no key and no network. */
@NullMarked
package framewise.vision.builtin;

import org.jspecify.annotations.NullMarked;
