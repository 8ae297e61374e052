/** Diagnosis and repair of a data folder. */
@NullMarked
package framewise.engine.doctor;

import org.jspecify.annotations.NullMarked;
