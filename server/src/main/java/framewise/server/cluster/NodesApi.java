package framewise.server.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Node;
import framewise.engine.session.Sessions;
import framewise.server.http.Problem;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** Calls for administrators to list the nodes that work on the database, and to drain them. */
public final class NodesApi {
  /** Parameter of paths that name a node. */
  static final String NODE = "node_id";

  private final Sessions sessions;

  public NodesApi(Sessions sessions) {
    this.sessions = sessions;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/nodes", RouteAccess.ADMIN, this::list),
        Route.post("/nodes/{node_id}/drain", RouteAccess.ADMIN, this::drain),
        Route.delete("/nodes/{node_id}/drain", RouteAccess.ADMIN, this::stopDraining),
        Route.post("/node/drain", RouteAccess.ADMIN, this::drain),
        Route.delete("/node/drain", RouteAccess.ADMIN, this::stopDraining));
  }

  private void list(Context context) {
    ObjectNode json = Reply.object();
    json.put("clustered", sessions.cluster().isPresent());
    var nodes = json.putArray("nodes");
    sessions
        .cluster()
        .ifPresent(
            cluster -> cluster.nodes().forEach(node -> put(nodes.addObject(), node, cluster)));
    Reply.json(context, json);
  }

  private void drain(Context context) {
    Cluster cluster = own(context);
    sessions.beginDraining();
    Thread _ = Thread.ofPlatform().daemon().name("drain").start(sessions::handOver);
    context.status(HttpStatus.ACCEPTED);
    Reply.json(context, Reply.object().put("node", cluster.id()).put("draining", true));
  }

  private void stopDraining(Context context) {
    Cluster cluster = own(context);
    sessions.stopDraining();
    Reply.json(context, Reply.object().put("node", cluster.id()).put("draining", false));
  }

  /** The cluster, if the path names this node or none; calls about other nodes are forwarded. */
  private Cluster own(Context context) {
    Cluster cluster =
        sessions
            .cluster()
            .orElseThrow(
                () ->
                    Problem.of(
                            HttpStatus.CONFLICT.getCode(),
                            "not_clustered",
                            "This service runs as a single node. Set"
                                + " FRAMEWISE_CLUSTER_KEY to run several.")
                        .asException());
    String named = context.pathParamMap().getOrDefault(NODE, cluster.id());
    if (!named.equals(cluster.id())) {
      throw unknown();
    }
    return cluster;
  }

  /** Refusal of a path with an unknown node. */
  static RuntimeException unknown() {
    return Problem.of(
            HttpStatus.NOT_FOUND.getCode(),
            "node_not_found",
            "There is no such node. A node gets a new id at each start: see GET /nodes.")
        .asException();
  }

  private static void put(ObjectNode json, Node node, Cluster cluster) {
    json.put("id", node.id())
        .put("address", node.address())
        .put("url", node.url())
        .put("version", node.version())
        .put("started_at", node.startedAt().toString())
        .put("alive", node.isAlive())
        .put("lease_seconds", node.lease().toMillis() / 1_000.0)
        .put("sessions", node.sessions())
        .put("streaming", node.room().streaming())
        .put("room", node.room().freeSessions())
        .put("free", node.room().freeShare() / 1_000.0)
        .put("busy", node.room().busy())
        .put("draining", node.draining())
        .put("self", node.id().equals(cluster.id()));
  }
}
