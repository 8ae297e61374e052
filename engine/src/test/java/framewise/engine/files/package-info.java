@NullMarked
package framewise.engine.files;

import org.jspecify.annotations.NullMarked;
