package dev.touchstone.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws the load of outages, second by second, as SVG. */
final class Chart {

  /** A line of the chart. */
  record Line(String name, String colour, Outage outage) {}

  private static final int WIDTH = 800;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final int RIGHT = WIDTH - 20;
  private static final int BOTTOM = HEIGHT - 50;
  private static final int HIGHEST = 6;

  private Chart() {}

  static String svg(List<Line> lines) {
    var svg = new StringBuilder("""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        <rect x="%d" y="%d" width="%d" height="%d" fill="#eee"/>
        <text x="%d" y="%d">the server is away</text>
        """.formatted(
            WIDTH,
            HEIGHT,
            x(Outage.BEFORE),
            TOP,
            x(Outage.BEFORE + Outage.DOWN) - x(Outage.BEFORE),
            BOTTOM - TOP,
            x(Outage.BEFORE) + 6,
            TOP + 16));
    for (var load = 0; load <= HIGHEST; load++) {
      svg.append("""
          <line x1="%1$d" x2="%2$d" y1="%3$d" y2="%3$d" stroke="#ccc"/>
          <text x="%4$d" y="%5$d" text-anchor="end">%6$d</text>
          """.formatted(LEFT, RIGHT, y(load), LEFT - 6, y(load) + 4, load));
    }
    for (var second = 0; second <= Outage.SECONDS; second += 10) {
      svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d</text>\n"
          .formatted(x(second), BOTTOM + 16, second));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">seconds; requests for each call</text>\n"
            .formatted((LEFT + RIGHT) / 2, BOTTOM + 36));
    for (var i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), LEFT + 20 + i * 240);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Line line, int legend) {
    var points = IntStream.range(0, Outage.SECONDS)
        .mapToObj(second -> x(second) + "," + y(line.outage.load(second)))
        .collect(Collectors.joining(" "));
    svg.append("""
        <polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>
        <text x="%d" y="%d" fill="%s">%s</text>
        """.formatted(points, line.colour, legend, TOP - 10, line.colour, line.name));
  }

  private static int x(int second) {
    return LEFT + second * (RIGHT - LEFT) / Outage.SECONDS;
  }

  private static int y(double load) {
    return (int) Math.round(BOTTOM - Math.min(load, HIGHEST) * (BOTTOM - TOP) / HIGHEST);
  }
}
