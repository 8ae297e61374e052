/** The shape that an answer is asked for in: JSON Schema, and whether an answer fits. */
@NullMarked
package framewise.vision.schema;

import org.jspecify.annotations.NullMarked;
