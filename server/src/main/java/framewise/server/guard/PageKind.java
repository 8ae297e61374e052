package framewise.server.guard;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;

/** Which web page a request comes from, as browsers tell it. */
public enum PageKind {
  /** No page: a program, or a person who followed a link or typed the address. */
  NO_PAGE,
  /** A page of this service. */
  OWN_PAGE,
  /** A page of another origin that {@code FRAMEWISE_CORS_ORIGINS} names. */
  NAMED_PAGE,
  /**
   * A page that this machine served on another port, on the Overshoot API: its key counts there,
   * and no cookie.
   */
  KEYED_PAGE,
  /**
   * A page of any other origin on the Overshoot API. Only a key that is known counts for it: where
   * any key will do, a page of a stranger would have one too.
   */
  UNKNOWN_PAGE,
  /**
   * A page of an origin that is not named. Where the request is let in all the same, with {@code
   * FRAMEWISE_CORS_ORIGINS=*}, only a key that is known counts for it: no cookie, and not that it
   * comes from this machine.
   */
  FOREIGN_PAGE;

  static final String ATTRIBUTE = PageKind.class.getName();

  /** Who sends this request. */
  public static PageKind of(Context context) {
    return of(context.req());
  }

  /** Who sends this request, or opens this socket. */
  public static PageKind of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof PageKind page ? page : FOREIGN_PAGE;
  }
}
