/* The ward map in the browser. Geometry is fetched once; Python then sends only colours, symbols and words.
 *
 *   new AreaMap(map, settings)   builds the areas, outline, place labels and controls on a Leaflet map
 *   atlas.paint(paint)           colours them; may be called before the geometry has arrived
 *
 * Everything that comes from data is set as text, never as HTML.
 */
(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const STILL = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const COARSE = matchMedia("(pointer: coarse)").matches;
  const SHIFTS = [0, -12, 12, -20, 20, -30, 30, -42, 42];
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  L.Map.mergeOptions({
    zoomAnimation: !STILL, fadeAnimation: !STILL, markerZoomAnimation: !STILL, inertia: !STILL,
    zoomSnap: 0.25, minZoom: 8, maxZoom: 16, scrollWheelZoom: false, attributionControl: false, dragging: !COARSE,
  });

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  };

  const shape = (tag, attributes) => {
    const made = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  };

  const escaped = (text) => element("i", "", text).innerHTML;

  /** Relative luminance (WCAG) of "#rrggbb". */
  function luminance(colour) {
    const linear = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  const inkOn = (colour) => (luminance(colour) > 0.179 ? "#111111" : "#ffffff");

  /* ---- where a symbol fits: the roomiest point of a polygon ------------------------------------------------ */

  function ringArea(ring) {
    return Math.abs(ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length];
      return sum + x * nextY - nextX * y;
    }, 0)) / 2;
  }

  function outerRing(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.map(([ring]) => ring).reduce((best, ring) => (ringArea(ring) > ringArea(best) ? ring : best));
  }

  /** Distance from (x, y) to the ring's edge, negative outside. */
  function depth(x, y, ring) {
    let nearest = Infinity;
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i];
      const [bx, by] = ring[j];
      if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2);
    }
    return (inside ? 1 : -1) * Math.sqrt(nearest);
  }

  function deepest(ring, [west, south, east, north], steps) {
    let best = { depth: -Infinity };
    for (let i = 0.5; i < steps; i++) {
      for (let j = 0.5; j < steps; j++) {
        const [x, y] = [west + ((east - west) * i) / steps, south + ((north - south) * j) / steps];
        const here = depth(x, y, ring);
        if (here > best.depth) best = { x, y, depth: here };
      }
    }
    return best;
  }

  /** The roomiest point and its distance to the edge, in degrees of latitude. */
  function labelPoint(geometry) {
    const squeeze = Math.cos((outerRing(geometry)[0][1] * Math.PI) / 180);
    const ring = outerRing(geometry).map(([lon, lat]) => [lon * squeeze, lat]);
    const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const rough = deepest(ring, box, 12);
    const [dx, dy] = [(box[2] - box[0]) / 12, (box[3] - box[1]) / 12];
    const fine = deepest(ring, [rough.x - dx, rough.y - dy, rough.x + dx, rough.y + dy], 6);
    const point = fine.depth > rough.depth ? fine : rough;
    return { at: L.latLng(point.y, point.x / squeeze), room: point.depth };
  }

  /* ---- the map ------------------------------------------------------------------------------------------- */

  class AreaMap {
    constructor(map, settings) {
      this.map = map;
      this.settings = settings;
      this.areas = new Map();
      this.moved = false;
      this.latest = null;
      this.nameDocument();
      borrowFonts();
      this.shareHeight();
      this.addPanes();
      this.addControls();
      this.addTooltip();
      this.followSize();
      this.load();
      setTimeout(() => window.Streamlit?.setComponentReady(), 0);
    }

    nameDocument() {
      const { label } = this.settings;
      document.documentElement.lang = "en-GB";
      document.title = label;
      document.querySelectorAll("meta[name=viewport]").forEach((meta) => { meta.content = "width=device-width, initial-scale=1"; });
      if (window.frameElement) window.frameElement.title = label;
      const box = this.map.getContainer();
      this.words = element("p", "atlas-words");
      this.words.id = "atlas-words";
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", label);
      box.setAttribute("aria-describedby", "atlas-words");
      box.prepend(this.words);
    }

    /** The frame is as tall as Python asks, but no taller than its width can fill. */
    shareHeight() {
      const { Streamlit } = window;
      const box = this.map.getContainer();
      const asked = box.clientHeight;
      const tell = Streamlit.setFrameHeight;
      Streamlit.setFrameHeight = () => {
        const height = Math.min(asked, Math.max(260, Math.round(box.clientWidth / this.aspect() + 72)));
        box.style.height = `${height}px`;
        tell(height);
      };
    }

    /** Width over height of the whole area on screen. */
    aspect() {
      const [southWest, northEast] = this.settings.bounds.map((corner) => this.map.project(corner, 10));
      return (northEast.x - southWest.x) / (southWest.y - northEast.y);
    }

    addPanes() {
      [["places", 610], ["symbols", 620], ["rings", 630], ["sites", 640]].forEach(([name, z]) => {
        const pane = this.map.createPane(`atlas-${name}`);
        pane.style.zIndex = z;
        if (name !== "sites") { pane.style.pointerEvents = "none"; pane.setAttribute("aria-hidden", "true"); }
      });
      this.rings = Object.fromEntries(["hover", "selected", "focus"].map((kind) => [kind, L.layerGroup().addTo(this.map)]));
      this.symbols = L.layerGroup().addTo(this.map);
      this.places = L.layerGroup().addTo(this.map);
      this.sites = L.layerGroup().addTo(this.map);
    }

    addControls() {
      const whole = element("button", "", "⤢");
      whole.type = "button";
      whole.title = "Show the whole area";
      whole.setAttribute("aria-label", whole.title);
      L.DomEvent.disableClickPropagation(whole);
      whole.addEventListener("click", () => { this.fit(); this.moved = false; });
      this.map.getContainer().querySelector(".leaflet-control-zoom")?.append(whole);
      L.control.attribution({ prefix: false }).addAttribution(escaped(this.settings.attribution)).addTo(this.map);
      const after = element("div", "atlas-words", "End of map");
      after.tabIndex = -1;
      const skip = element("button", "atlas-skip", "Skip past the map");
      skip.type = "button";
      skip.addEventListener("click", () => after.focus());
      document.body.prepend(skip);
      document.body.append(after);
    }

    addTooltip() {
      this.tooltip = element("div", "atlas-tooltip");
      this.tooltip.hidden = true;
      this.tooltip.setAttribute("aria-hidden", "true");
      this.map.getContainer().append(this.tooltip);
      this.map.on("zoomstart movestart", () => this.hideTooltip());
      this.map.getContainer().addEventListener("click", (event) => { if (!event.target.closest(".leaflet-interactive")) this.hideTooltip(); });
    }

    followSize() {
      this.fit();
      this.map.on("zoomstart dragstart", () => { if (!this.fitting) this.moved = true; });
      this.map.on("zoomend", () => this.arrangeLabels());
      this.map.on("click", (event) => { if (this.latest?.placing) this.choose("-", event.latlng); });
      new ResizeObserver(() => {
        window.Streamlit.setFrameHeight();
        this.map.invalidateSize({ animate: false });
        if (!this.moved) this.fit();
      }).observe(this.map.getContainer());
    }

    fit() {
      if (!this.map.getContainer().clientWidth) return;
      this.fitting = true;
      this.map.fitBounds(this.settings.bounds, { padding: [10, 10], animate: false });
      this.map.setMaxBounds(L.latLngBounds(this.settings.bounds).pad(0.75));
      this.fitting = false;
    }

    async load() {
      try {
        const [areas, outline] = await Promise.all([this.settings.layer_url, this.settings.outline_url].map(fetchJson));
        this.addAreas(areas);
        if (outline) L.geoJSON(outline, { interactive: false, pane: "atlas-rings", style: { className: "atlas-outline", weight: 1.25, fill: false } }).addTo(this.map);
        this.settings.places.forEach((place) => this.addPlace(place));
        if (this.latest) this.paint(this.latest);
        this.arrangeLabels();
      } catch (error) {
        console.error(error);
        const notice = element("p", "atlas-notice", "The map could not be drawn. The table on this page holds the same figures; reload the page to try again.");
        notice.setAttribute("role", "alert");
        this.map.getContainer().append(notice);
      }
    }

    /* ---- areas --------------------------------------------------------------------------------------------- */

    addAreas(collection) {
      collection.features.sort((a, b) => a.properties.name.localeCompare(b.properties.name));
      const style = { className: "atlas-area", weight: 1, fillOpacity: 1, fillColor: "url(#atlas-hatch)" };
      L.geoJSON(collection, { style, onEachFeature: (feature, layer) => this.register(feature, layer) }).addTo(this.map);
      this.areas.forEach((area) => this.listen(area));
      this.addHatch();
    }

    register(feature, layer) {
      const { code, name } = feature.properties;
      this.areas.set(code, { code, name, feature, layer, lines: [], ...labelPoint(feature.geometry) });
    }

    addHatch() {
      const pattern = shape("pattern", { id: "atlas-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
      pattern.append(shape("rect", { width: 6, height: 6, class: "atlas-hatch-ground" }), shape("path", { d: "M0 0V6", class: "atlas-hatch-line" }));
      const definitions = shape("defs", {});
      definitions.append(pattern);
      this.map.getPane("overlayPane").querySelector("svg").prepend(definitions);
    }

    listen(area) {
      const path = area.layer.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.dataset.code = area.code;
      area.layer.on("click", (event) => { L.DomEvent.stopPropagation(event); this.choose(area.code, event.latlng); });
      area.layer.on("mouseover", () => this.ring("hover", area.code, 2));
      area.layer.on("mousemove", (event) => this.showTooltip(area.name, area.lines, event.containerPoint));
      area.layer.on("mouseout", () => { this.ring("hover", null); this.hideTooltip(); });
      path.addEventListener("focus", () => this.focus(area));
      path.addEventListener("blur", () => { this.ring("focus", null); this.hideTooltip(); });
      path.addEventListener("keydown", (event) => this.key(event, area));
    }

    focus(area) {
      if (!area.layer.getElement().matches(":focus-visible")) return;
      if (!this.map.getBounds().contains(area.at)) this.map.panTo(area.at, { animate: false });
      this.ring("focus", area.code, 4);
      this.showTooltip(area.name, area.lines, this.map.latLngToContainerPoint(area.at));
    }

    key(event, area) {
      if (event.key === "Enter" || event.key === " ") this.choose(area.code, area.at);
      else if (event.key === "Escape") this.hideTooltip();
      else if (event.key in ARROWS) this.neighbour(area, ARROWS[event.key])?.layer.getElement().focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    /** The nearest area whose label lies within 45 degrees of the direction. */
    neighbour(from, [dx, dy]) {
      const here = this.map.latLngToLayerPoint(from.at);
      const scored = [...this.areas.values()].filter((area) => area !== from).map((area) => {
        const way = this.map.latLngToLayerPoint(area.at).subtract(here);
        const ahead = way.x * dx + way.y * dy;
        const aside = Math.abs(way.x * dy) + Math.abs(way.y * dx);
        return { area, far: ahead > 0 && aside <= ahead ? ahead + aside : Infinity };
      });
      const best = scored.reduce((a, b) => (b.far < a.far ? b : a));
      return best.far < Infinity ? best.area : null;
    }

    /** Tell Python at once which area was chosen and where; the time makes every click a new value. */
    choose(code, { lat, lng }) {
      const value = { last_object_clicked_tooltip: `${code} ${Date.now()} ${lat.toFixed(5)} ${lng.toFixed(5)}` };
      Object.assign(window.__GLOBAL_DATA__, value, { previous_data: value });
      window.Streamlit.setComponentValue(value);
    }

    ring(kind, codes, weight) {
      this.rings[kind].clearLayers();
      const features = [codes].flat().map((code) => this.areas.get(code)?.feature).filter(Boolean);
      [["atlas-halo", weight + 3], [`atlas-ring-${kind}`, weight]].forEach(([className, width]) => {
        const style = { className, weight: width, fill: false };
        features.forEach((feature) => L.geoJSON(feature, { interactive: false, pane: "atlas-rings", style }).addTo(this.rings[kind]));
      });
    }

    /* ---- paint --------------------------------------------------------------------------------------------- */

    paint(paint) {
      this.latest = paint;
      dropOldThemes();
      this.words.textContent = paint.alt;
      this.map.getContainer().classList.toggle("atlas-placing", Boolean(paint.placing));
      if (!this.areas.size) return;
      this.areas.forEach((area) => this.paintArea(area, paint));
      this.ring("selected", paint.selected, 3);
      this.sites.clearLayers();
      paint.sites.forEach((site) => this.addSite(site));
      this.drawSymbols();
    }

    paintArea(area, { palette, areas, selected }) {
      const [colour, symbol, hatched, lines] = areas[area.code] ?? [0, "", 1, ["No figure for this area"]];
      Object.assign(area, { lines, symbol, ink: hatched ? null : inkOn(palette[colour]) });
      const path = area.layer.getElement();
      area.layer.options.fillColor = hatched ? "url(#atlas-hatch)" : palette[colour];
      path.setAttribute("fill", area.layer.options.fillColor);
      path.setAttribute("aria-label", [area.name, ...lines].join(". "));
      if ([selected].flat().includes(area.code)) path.setAttribute("aria-current", "true");
      else path.removeAttribute("aria-current");
    }

    addSite([lat, lon, colour, lines, radius, symbol]) {
      const marker = L.circleMarker([lat, lon], { pane: "atlas-sites", radius, weight: 1.5, color: inkOn(colour), fillColor: colour, fillOpacity: 1, bubblingMouseEvents: false });
      marker.on("mousemove click", (event) => this.showTooltip(lines[0], lines.slice(1), event.containerPoint));
      marker.on("mouseout", () => this.hideTooltip());
      marker.addTo(this.sites);
      marker.getElement().setAttribute("role", "img");
      marker.getElement().setAttribute("aria-label", lines.join(". "));
      if (symbol) this.label([lat, lon], symbol, "atlas-symbol atlas-tried", "atlas-sites").addTo(this.sites).getElement().style.color = inkOn(colour);
    }

    /* ---- symbols and place labels ---------------------------------------------------------------------------- */

    addPlace({ name, lat, lon, rank }) {
      const marker = this.label([lat, lon], name, `atlas-place rank-${rank}`, "atlas-places");
      marker.options.always = rank === 1;
      marker.addTo(this.places);
    }

    label(at, text, className, pane) {
      return L.marker(at, { icon: L.divIcon({ className, html: element("span", "", text), iconSize: [0, 0] }), interactive: false, keyboard: false, pane });
    }

    drawSymbols() {
      this.symbols.clearLayers();
      this.areas.forEach((area) => {
        if (!area.symbol) return;
        const className = area.ink ? "atlas-symbol" : "atlas-symbol on-paper";
        area.mark = this.label(area.at, area.symbol, className, "atlas-symbols").addTo(this.symbols);
        area.mark.getElement().style.color = area.ink ?? "var(--ink)";
      });
      this.sizeSymbols();
    }

    /** A symbol grows with the room its area has on screen, and goes when there is none. */
    sizeSymbols() {
      const perDegree = 256 * 2 ** this.map.getZoom() / 360 / Math.cos((this.settings.bounds[0][0] * Math.PI) / 180);
      this.areas.forEach(({ mark, symbol, room }) => {
        if (!mark?.getElement()) return;
        const radius = room * perDegree;
        mark.getElement().style.fontSize = `${Math.max(9, Math.min(16, radius * (symbol.length > 1 ? 1 : 1.3)))}px`;
        mark.getElement().style.display = radius < 4 ? "none" : "";
      });
    }

    /** Each place label moves up or down to stay clear of symbols and of labels before it; a small place may be left out. */
    arrangeLabels() {
      this.sizeSymbols();
      const symbols = [...this.areas.values()].map(({ at }) => boxAround(this.map.latLngToContainerPoint(at), 7, 7));
      const taken = [...symbols, ...this.controlBoxes()];
      this.places.eachLayer((marker) => {
        const span = marker.getElement().firstChild;
        const { x, y } = this.map.latLngToContainerPoint(marker.getLatLng());
        const options = SHIFTS.map((shift) => {
          const box = boxAround({ x, y: y + shift }, span.offsetWidth / 2 + 2, span.offsetHeight / 2 - 1);
          return { shift, box, clashes: taken.filter((other) => overlap(box, other)).length };
        });
        const best = options.reduce((a, b) => (b.clashes < a.clashes ? b : a));
        const shown = best.clashes === 0 || marker.options.always;
        span.style.visibility = shown ? "visible" : "hidden";
        span.style.top = `${best.shift}px`;
        if (shown) taken.push(best.box);
      });
    }

    controlBoxes() {
      const box = this.map.getContainer();
      const frame = box.getBoundingClientRect();
      return [...box.querySelectorAll(".leaflet-control")].map((control) => control.getBoundingClientRect())
        .map(({ left, right, top, bottom }) => ({ left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top }));
    }

    /* ---- tooltip --------------------------------------------------------------------------------------------- */

    showTooltip(heading, lines, { x, y }) {
      this.tooltip.replaceChildren(element("strong", "", heading), ...lines.map((line) => element("div", "", line)));
      this.tooltip.hidden = false;
      const { x: width, y: height } = this.map.getSize();
      const { offsetWidth: w, offsetHeight: h } = this.tooltip;
      const left = Math.max(6, Math.min(x + 14, width - w - 6));
      const top = y + 16 + h > height - 6 ? y - h - 12 : y + 16;
      this.tooltip.style.left = `${left}px`;
      this.tooltip.style.top = `${Math.max(6, top)}px`;
    }

    hideTooltip() { this.tooltip.hidden = true; }
  }

  const boxAround = ({ x, y }, halfWidth, halfHeight) => ({ left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight });

  function overlap(a, b) {
    return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
  }

  /** Use the page's own typefaces: the frame has the same origin but none of its fonts. */
  function borrowFonts() {
    const sheets = [...window.parent.document.styleSheets].filter((sheet) => !sheet.href || sheet.href.startsWith(location.origin));
    const rules = sheets.flatMap((sheet) => [...sheet.cssRules]
      .filter((rule) => rule.cssText.startsWith("@font-face") && rule.cssText.includes("Sans"))
      .map((rule) => rule.cssText.replace(/url\("([^"]+)"\)/g, (_, url) => `url("${new URL(url, sheet.href ?? window.parent.location.origin)}")`)));
    const style = document.createElement("style");
    style.textContent = rules.join("\n");
    document.head.append(style);
  }

  /** Streamlit's component library adds a style element on each render and never takes one away. */
  function dropOldThemes() {
    const themes = [...document.head.querySelectorAll("style")].filter((style) => style.textContent.includes("--primary-color:"));
    themes.slice(0, -1).forEach((style) => style.remove());
  }

  async function fetchJson(url) {
    if (!url) return null;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response.json();
  }

  window.AreaMap = AreaMap;
})();
