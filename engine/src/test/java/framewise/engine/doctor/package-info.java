@NullMarked
package framewise.engine.doctor;

import org.jspecify.annotations.NullMarked;
