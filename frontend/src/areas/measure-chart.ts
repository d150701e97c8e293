/** The course of one measure: a line for each value, a dashed one for the aim. The table beside it says the same. */
import { LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([LineChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

interface Line {
  name: string;
  values: (number | null)[];
}

interface Course {
  periods: string[];
  lines: Line[];
  target: number | null;
  targetName: string;
  unit: string;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function option(course: Course): Record<string, unknown> {
  const strokes = [colour("jade"), colour("info"), colour("waiting")];
  const quiet = { color: colour("ink-3"), fontFamily: getComputedStyle(document.body).fontFamily };
  const withUnit = (value: unknown): string =>
    typeof value === "number" ? `${rounded(value)}${course.unit === "%" ? "" : " "}${course.unit}` : "–";
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: quiet,
    grid: { left: 8, right: 16, top: course.lines.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: { show: course.lines.length > 1, top: 0, left: 0, textStyle: quiet, icon: "roundRect", itemHeight: 3 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      valueFormatter: withUnit,
      backgroundColor: colour("surface"),
      borderColor: colour("line"),
      textStyle: { color: colour("ink"), fontSize: 13 },
    },
    xAxis: {
      type: "category",
      data: course.periods,
      boundaryGap: course.periods.length === 1,
      axisLabel: { ...quiet, hideOverlap: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line-strong") } },
    },
    yAxis: {
      type: "value",
      min: 0,
      axisLabel: { ...quiet, formatter: withUnit },
      splitLine: { lineStyle: { color: colour("line") } },
    },
    series: course.lines.map((line, index) => ({
      type: "line",
      name: line.name,
      data: line.values,
      symbol: "circle",
      symbolSize: course.periods.length > 31 ? 0 : 6,
      lineStyle: { width: index === 0 ? 2.5 : 1.5, type: index === 0 ? "solid" : index === 1 ? [6, 3] : [2, 3] },
      color: strokes[index],
      markLine: index === 0 && course.target !== null ? aim(course, quiet) : undefined,
    })),
  };
}

function aim(course: Course, quiet: object): object {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colour("ink-3"), type: "dashed" },
    label: { ...quiet, position: "insideEndTop", formatter: course.targetName },
    data: [{ yAxis: course.target }],
  };
}

export function mount(element: HTMLElement): void {
  const course = JSON.parse(element.dataset.chart ?? "null") as Course | null;
  if (!course) return;
  element.style.height = `${element.dataset.height ?? 280}px`;
  const chart = init(element);
  const draw = (): void => chart.setOption(option(course), true);
  draw();
  const sizes = new ResizeObserver(() => {
    if (element.isConnected) chart.resize();
    else stop();
  });
  const looks = new MutationObserver(draw);
  const stop = (): void => {
    sizes.disconnect();
    looks.disconnect();
    chart.dispose();
  };
  sizes.observe(element);
  looks.observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}
