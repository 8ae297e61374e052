@NullMarked
package framewise.vision.builtin.model;

import org.jspecify.annotations.NullMarked;
