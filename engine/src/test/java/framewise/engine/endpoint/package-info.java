@NullMarked
package framewise.engine.endpoint;

import org.jspecify.annotations.NullMarked;
