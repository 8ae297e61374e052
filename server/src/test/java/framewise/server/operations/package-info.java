@NullMarked
package framewise.server.operations;

import org.jspecify.annotations.NullMarked;
