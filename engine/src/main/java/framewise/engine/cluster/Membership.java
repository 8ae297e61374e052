package framewise.engine.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What makes a node one of several.
 *
 * @param address host and process, for people
 * @param url where other nodes reach it, without a path
 * @param version of the program
 * @param files folder that all nodes share, for videos and evidence; empty where each has its own
 */
public record Membership(String address, String url, String version, Optional<Path> files) {}
