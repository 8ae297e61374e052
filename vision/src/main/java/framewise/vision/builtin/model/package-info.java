/** The networks that ship with Framewise, run by ONNX Runtime. */
@NullMarked
package framewise.vision.builtin.model;

import org.jspecify.annotations.NullMarked;
