/** The networks that Framewise brings along, run by ONNX Runtime. */
@NullMarked
package framewise.vision.builtin.model;

import org.jspecify.annotations.NullMarked;
