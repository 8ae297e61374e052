package framewise.server.guard;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;

/** Kind of web page that a request comes from, as reported by browsers. */
public enum PageKind {
  /** No page: a program, or a person who followed a link or typed the address. */
  NO_PAGE,
  /** A page of this service. */
  OWN_PAGE,
  /** A page of another origin that {@code FRAMEWISE_CORS_ORIGINS} names. */
  NAMED_PAGE,
  /**
   * A page that this machine serves on another port, and that calls the Overshoot API: its key is
   * accepted, cookies are not.
   */
  KEYED_PAGE,
  /**
   * A page of any other origin that calls the Overshoot API. Only a known key is accepted from it:
   * where any key is accepted, a foreign page would have one too.
   */
  UNKNOWN_PAGE,
  /**
   * A page of an origin that is not named. Where it is allowed anyway, with {@code
   * FRAMEWISE_CORS_ORIGINS=*}, only a known key is accepted from it: no cookie, and it does not
   * count as this machine.
   */
  FOREIGN_PAGE;

  static final String ATTRIBUTE = PageKind.class.getName();

  /** The kind of page that sent this request. */
  public static PageKind of(Context context) {
    return of(context.req());
  }

  /** The kind of page that sent this request or opened this socket. */
  public static PageKind of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof PageKind page ? page : FOREIGN_PAGE;
  }
}
