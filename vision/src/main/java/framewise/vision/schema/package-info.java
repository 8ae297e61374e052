/** Structured answers: JSON Schema, and the check of answers against it. */
@NullMarked
package framewise.vision.schema;

import org.jspecify.annotations.NullMarked;
