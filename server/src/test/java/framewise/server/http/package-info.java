@NullMarked
package framewise.server.http;

import org.jspecify.annotations.NullMarked;
