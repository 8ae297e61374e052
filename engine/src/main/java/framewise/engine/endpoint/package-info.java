/** Destinations for notices: webhooks, brokers and ntfy topics. */
@NullMarked
package framewise.engine.endpoint;

import org.jspecify.annotations.NullMarked;
