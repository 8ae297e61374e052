/** Endpoints that get notices over HTTP: webhooks and ntfy. */
@NullMarked
package framewise.engine.delivery.web;

import org.jspecify.annotations.NullMarked;
