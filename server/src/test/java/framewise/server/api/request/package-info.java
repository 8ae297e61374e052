@NullMarked
package framewise.server.api.request;

import org.jspecify.annotations.NullMarked;
