package framewise.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Damages descriptions; the same seed causes the same damage. */
final class Mutations {
  private static final List<String> PIECES =
      List.of(
          "%n%n%n%n%n%n",
          "%p.%p.%p",
          "%s%s%s%s",
          "%1$s",
          "%",
          "%%",
          "%999999d",
          "%hn",
          "\u0000",
          "\t",
          "\r",
          "\u00e9",
          "\ud83d\ude00",
          "\u202e",
          "-1",
          "0",
          "65536",
          "4294967296",
          "99999999999999999999",
          "A".repeat(300),
          "A".repeat(5_000),
          " ",
          "  ",
          ":",
          "/",
          "=",
          ";",
          "*",
          "..",
          "\\",
          "\"",
          "'",
          "<",
          "{}",
          "127.0.0.1",
          "::1",
          "fe80::1%eth0",
          "x.local",
          "224.0.0.1",
          "169.254.169.254",
          "inactive",
          "recvonly",
          "video",
          "application");

  /** Lines written to do harm, or to contradict the others. */
  static final List<String> LINES =
      List.of(
          "a=ssrc:%p.%p.%p x",
          "a=ssrc:%n%n%n%n%n%n x",
          "a=mid:%n%n%n%n",
          "a=rid:%s send",
          "a=fmtp:96 %n=%n",
          "a=rtpmap:96 %n/90000",
          "a=candidate:%n 1 udp 1 192.0.2.1 9 typ host",
          "a=candidate:1 1 udp 1 %n 9 typ host",
          "a=ice-ufrag:%n%n",
          "a=ice-pwd:" + "%n".repeat(16),
          "a=fingerprint:%n %n",
          "a=setup:%n",
          "a=setup:holdconn",
          "a=extmap:1 %n",
          "a=extmap:1 urn:x:%n",
          "a=group:BUNDLE %n",
          "a=simulcast:send %n",
          "a=msid:%n %n",
          "a=ssrc-group:FID %n %n",
          "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%n",
          "m=video 9 UDP/TLS/RTP/SAVPF %n",
          "m=%n 9 UDP/TLS/RTP/SAVPF 96",
          "m=video 9 %n 96",
          "s=%n",
          "o=%n 1 1 IN IP4 %n",
          "t=%n",
          "c=IN IP4 %n",
          "b=AS:%n",
          "b=%n:1",
          "i=%n",
          "k=%n",
          "z=%n",
          "a=%n",
          "a=%n:%n",
          "a=rtcp-fb:96 %n",
          "a=sctp-port:%n",
          "a=sctpmap:%n",
          "a=max-message-size:%n",
          "a=ice-options:%n",
          "a=rtcp:%n",
          "a=x-google-flag:%n",
          "a=rtcp-mux",
          "a=bundle-only",
          "a=mid:0",
          "a=mid:1",
          "a=ssrc:1 cname:a",
          "a=ssrc-group:FID 1 1",
          "a=extmap:4 urn:a",
          "m=video 9 UDP/TLS/RTP/SAVPF 96",
          "m=audio 0 UDP/TLS/RTP/SAVPF 0",
          "a=sendonly",
          "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
          "a=rid:q recv",
          "a=rtpmap:96 H264/90000",
          "a=rtpmap:200 VP8/90000",
          "a=simulcast:recv q",
          "a=fmtp:97 apt=97",
          "a=fmtp:96 apt=96");

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  /** Applies one to four mutations. */
  String damage(String text) {
    String damaged = text;
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private String once(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return pick(LINES);
    }
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(12)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(other, line);
      case 2 -> lines.set(at, lines.set(other, line));
      case 3 -> lines.set(at, inserted(line));
      case 4 -> lines.set(at, word(line));
      case 5 -> lines.set(at, character(line));
      case 6 -> lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
      case 7 -> lines.subList(Math.min(at, other), Math.max(at, other)).clear();
      case 8 -> lines.addAll(at, List.copyOf(lines.subList(Math.min(at, other), at)));
      case 9 -> lines.set(at, line.replaceAll("[0-9]+", String.valueOf(random.nextLong())));
      case 10 -> lines.set(at, line.replace(' ', '\t'));
      default -> lines.add(at, pick(LINES));
    }
    return lines.stream().collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private String inserted(String line) {
    int at = random.nextInt(line.length() + 1);
    return line.substring(0, at) + pick(PIECES) + line.substring(at);
  }

  private String word(String line) {
    String[] words = line.split("(?<=[ :=/;])", -1);
    words[random.nextInt(words.length)] = pick(PIECES);
    return String.join("", words);
  }

  private String character(String line) {
    if (line.isEmpty()) {
      return line;
    }
    int at = random.nextInt(line.length());
    return line.substring(0, at) + (char) random.nextInt(256) + line.substring(at + 1);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
