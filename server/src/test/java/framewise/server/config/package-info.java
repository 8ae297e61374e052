@NullMarked
package framewise.server.config;

import org.jspecify.annotations.NullMarked;
